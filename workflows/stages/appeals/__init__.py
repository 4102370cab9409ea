"""Appeals (申请复核) against what ended an application, or took a title away for a fault.

Once, heard by people who had no hand in it, answered in writing, and final.
"""
