# The page of versions.

versions-on = { $agreement } on { $day }
versions-text = the text of { $version }
versions-ended = ended by { $version }
versions-once = { $moment }, once { $condition }

column-version = version
column-builds-on = builds on
column-signed = signed
column-binds-from = binds from
column-status = status
column-title = title
column-field = field
column-written-by = written by

version-reported = reported
version-proposed = proposed
version-non-binding = non-binding
version-signed = signed
version-conditional = conditional
version-in-force = in force
version-superseded = superseded
version-lapsed = lapsed
version-not-yet = not yet
