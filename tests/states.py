"""What crawls with a state folder read, say and leave behind."""

STATE = ("-s", "STATE=state")
ARTICLE = "青石桥的图书馆昨天重新开门，馆长何远舟说，读者可以借到新买的三千册书。\n"
OTHER = "白鹭滩的麦子熟了，镇上的人从清早割到天黑，粮站门口排起了长队。\n"


def rows(project, kind="articles"):
    """All records of a kind, shard after shard."""
    names = sorted(path.name for path in (project.folder / "state" / kind).iterdir())
    assert all(name.endswith(".jsonl") for name in names)
    return [record for name in names for record in project.records(f"state/{kind}/{name}")]


def told(project):
    """What the audit says about inputs."""
    return [
        (row["reason"], row["source"], row["evidence"]) for row in rows(project, "audit") if row["event"] == "input"
    ]


def crawl(project, *args, expected=0):
    """A crawl with the state; the line in which it says how it went, without the exit status at its end."""
    status, said = project.crawl(*STATE, *args)
    assert status == expected, said
    assert "Traceback" not in said
    last = said.splitlines()[-1]
    assert expected in (2, 7) or last.endswith(f"; exit {expected}")  # those have not begun
    return last.removesuffix(f"; exit {expected}")
