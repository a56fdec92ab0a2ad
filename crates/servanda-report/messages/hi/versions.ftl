versions-on = { $agreement }, { $day } को
versions-text = { $version } का पाठ
versions-ended = { $version } द्वारा समाप्त
versions-once = { $moment }, जब { $condition }

column-version = संस्करण
column-builds-on = आधार
column-signed = हस्ताक्षर तिथि
column-binds-from = कब से बाध्यकारी
column-status = स्थिति
column-title = शीर्षक
column-field = क्षेत्र
column-written-by = किसने लिखा

version-reported = सूचित
version-proposed = प्रस्तावित
version-non-binding = अबाध्यकारी
version-signed = हस्ताक्षरित
version-conditional = सशर्त
version-in-force = प्रभावी
version-superseded = प्रतिस्थापित
version-lapsed = व्यपगत
version-not-yet = अभी नहीं
