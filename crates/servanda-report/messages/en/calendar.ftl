# The calendar of a party.

calendar-name = { $agreement }: { $party }
calendar-due = { $party }: { $what }
calendar-end = { $clause } ends
calendar-version = { $version } takes effect
calendar-depends = Depends on: { $questions }
calendar-between = Between { $first } and { $last }
calendar-earlier = { $events } can end it earlier
calendar-done = Done
calendar-off = No longer owed
calendar-missed = Missed
