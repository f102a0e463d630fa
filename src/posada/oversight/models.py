"""That somebody looked at what a member of staff may do, and found it right on that day."""

from django.db import models

from posada.accounts.models import Site, User


class AccessReview(models.Model):
    """A reviewer's mark on one member of staff; the newest counts."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    reviewed_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["site", "user", "-reviewed_on"], name="oversight_newest_review")]
