"""Who the application is: read by the entry, the window, the files it writes and the build."""

NAME = "Balassa"
VERSION = "0.1.0"
BUNDLE_ID = "org.balassa.Balassa"
FILE_SUFFIX = ".balassa"
FILE_UTI = "org.balassa.project"
MIME_TYPE = "application/x-balassa"
FORMAT_VERSION = (1, 0)
