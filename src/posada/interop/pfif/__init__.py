"""The People Finder Interchange Format, versions 1.1 to 1.4.

Specification by Ka-Ping Yee: http://zesty.ca/pfif
"""
