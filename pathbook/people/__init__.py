"""The people of a school: students and their years, staff, parents, the roles they hold, and who may see whom.

Nouns: Institution, Account, Staff, Student, Enrolment, TutorGroup, Group, Guardian, RoleHeld.
One rule: nobody sees a student except through `visibility.students_visible_to`.
"""
