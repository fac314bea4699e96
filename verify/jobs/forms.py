"""Forms of the page of jobs: buttons only."""

from verify.forms import DeskForm


class JobForm(DeskForm):
    """A button that says what happens to one job."""
