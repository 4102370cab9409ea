"""Applications (申报): answers, evidence, and the submissions frozen from them.

Public: models; answers.save_item; evidence.attach and evidence.remove; submissions.freeze;
queries (what lists need); scoping.visible_applications.
"""
