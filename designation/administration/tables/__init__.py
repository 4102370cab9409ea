"""The county's table (录入表): townships, organizations, people and seats from one .xlsx.

A file is read into rows (``reading``), each is judged by the rules of the forms (``judging``) and
shown; nothing is entered before it was accepted (``accepting``), and then by the same functions
that the forms call.
"""
