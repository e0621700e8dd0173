"""What came in: each import of the roll, with all that is needed to take it back; and what a source's columns mean."""

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Institution, Student


class BroughtIn(models.Model):
    """What a confirmed import says of itself. `undo` is what it takes to take it back; empty once it is."""

    key = models.CharField(max_length=12, unique=True, default=new_key)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    undo = models.JSONField(default=dict)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    undone_by = models.CharField(max_length=200, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


class ImportRun(BroughtIn):
    """One confirmed import of a student list. `undo` holds what it made and what stood before."""

    class State(models.TextChoices):
        APPLIED = "applied", "Applied"
        UNDONE = "undone", "Taken back"

    state = models.CharField(max_length=8, choices=State, default=State.APPLIED)
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=10)
    academic_year = models.PositiveSmallIntegerField()
    on = models.DateField()
    whole_roll = models.BooleanField(default=False)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    leaving = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["institution", "recorded_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_by="")
                | models.Q(undone_at__isnull=False, state="undone"),
                name="import_undone_by_whom_and_when",
            )
        ]


class SavedMapping(models.Model):
    """What a source's headings mean, as a person said once: used again for a file with the same headings."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    headings = models.CharField(max_length=64)  # a digest of the headings in order
    columns = models.JSONField(default=dict)
    dates = models.CharField(max_length=3, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "headings"], name="one_mapping_a_source")]

    def __str__(self) -> str:
        return self.headings


class ProgrammeRun(BroughtIn):
    """One confirmed import of past activities, attendance or guidance meetings, with what it takes to take it back."""

    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["institution", "recorded_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_by="") | models.Q(undone_at__isnull=False),
                name="programme_undone_by_whom_and_when",
            )
        ]


class TrustedKey(models.Model):
    """A school's public key that somebody here held against what that school said of it: its records can be checked."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    school = models.CharField(max_length=200)
    urn = models.PositiveIntegerField()
    key = models.CharField(max_length=44)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "urn", "key"], name="one_trust_a_key")]

    def __str__(self) -> str:
        return f"{self.urn} {self.key}"


class RecordRun(BroughtIn):
    """One portable record brought in for a student, with what it takes to take it back. `serial` is the record's own."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="+")
    serial = models.CharField(max_length=12)
    source = models.CharField(max_length=200)
    urn = models.PositiveIntegerField()
    checked = models.BooleanField()
    counts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["institution", "recorded_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_by="") | models.Q(undone_at__isnull=False),
                name="record_undone_by_whom_and_when",
            )
        ]


class AuthorityFile(models.Model):
    """A file made for the local authority: when, how, and how many went or were left out. The file itself is not kept."""

    class Kind(models.TextChoices):
        CSV = "csv", "CSV"
        XML = "xml", "XML"

    key = models.CharField(max_length=12, unique=True, default=new_key)
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=3, choices=Kind)
    on = models.DateField()
    students = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["institution", "recorded_at"])]

    def __str__(self) -> str:
        return self.key


class AuthorityLine(models.Model):
    """That a student was in the last file, and a digest of what it said: the next file tells what changed since."""

    file = models.ForeignKey(AuthorityFile, on_delete=models.CASCADE, related_name="lines")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "student"], name="one_line_a_student")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.student_id}"
