"""Writes the flow of a plan that was read under the lock, with its line in the trail."""

from __future__ import annotations

from typing import Any

from accounts.audit import write_audit
from accounts.models import User
from groups.models import TherapyGroup
from groups.rotation.plan import GroupPlan
from groups.rotation.writing import write_flow


def flow_through(*, group: TherapyGroup, plan: GroupPlan, by: User | None) -> int:
    """Write what the rotation gives each session; return how many teach something else."""
    if plan.rotation is None:
        return 0
    flowing = plan.flow
    changed = write_flow(plan, flowing)
    if changed:
        counts = {"moved": len(flowing.moved), "dropped": len(flowing.dropped)}
        detail: dict[str, Any] = {"group": str(group.public_id), "sessions": changed, **counts}
        of: dict[str, Any] = {"subject": plan.rotation, "program_id": group.program.public_id}
        write_audit("lessons.reflowed", by=by, **of, **detail)
    return changed
