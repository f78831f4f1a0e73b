"""The job shop: orders on machines, with people, calendars and setups."""

from .calendars import shift_calendar
from .lateness import late_jobs
from .plants import plant_shop
from .result import Schedule
from .run import job_shop
from .tables import Shop, read_shop

__all__ = ["Schedule", "Shop", "job_shop", "late_jobs", "plant_shop", "read_shop", "shift_calendar"]
