"""Every action of the screen, once: its id, keys, title, help, and where it works.

Bindings, palette, help and the line of keys at the bottom are all made from this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

EVERYWHERE: Final = "everywhere"
LISTS: Final = "lists"
PICTURES: Final = "pictures"
MAP: Final = "map"
SETUP: Final = "setup"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that the operator can do."""

    id: str
    """Stable name, for key maps."""
    keys: tuple[str, ...]
    """Keys in Textual's names, the one to show first."""
    title: str
    help: str
    where: str
    """``everywhere``; or in the panel that has the focus: ``lists``, ``pictures`` (map and timeline), ``map``;
    or where things are set up: ``setup``."""
    action: str
    """The action that a screen (``everywhere``) or a list carries out."""
    hint: str = ""
    """Word for the bottom line; empty when it is not shown there."""
    palette: bool = True


COMMANDS: Final = (
    Command("list.down", ("j", "down"), "Next row", "Move down one row.", LISTS, "down", "move", palette=False),
    Command("list.up", ("k", "up"), "Previous row", "Move up one row.", LISTS, "up", palette=False),
    Command("list.top", ("home",), "First row", "To the beginning of the list.", LISTS, "top"),
    Command("list.gg", ("g",), "First row (g g)", "Press g twice.", LISTS, "first_g", palette=False),
    Command("list.bottom", ("G", "end"), "Last row", "To the end of the list.", LISTS, "bottom"),
    Command("list.page-down", ("ctrl+d", "pagedown"), "Half a page down", "Move half a page down.", LISTS, "page(1)"),
    Command("list.page-up", ("ctrl+u", "pageup"), "Half a page up", "Move half a page up.", LISTS, "page(-1)"),
    Command(
        "open",
        ("enter",),
        "Open",
        "Open the row: a capital's evidence, a story's text, the story behind a sentence.",
        LISTS,
        "open",
        "open",
    ),
    Command("evidence", ("e",), "Evidence", "The evidence behind this capital or story.", EVERYWHERE, "evidence", "evidence"),
    Command("panel.next", ("tab",), "Next panel", "Go to the next panel.", EVERYWHERE, "turn(1)", "panel"),
    Command("panel.previous", ("shift+tab",), "Previous panel", "Go to the panel before.", EVERYWHERE, "turn(-1)"),
    Command("panel.board", ("1",), "Board", "Go to the board of capitals.", EVERYWHERE, "panel('board')"),
    Command("panel.wire", ("2",), "Wire", "Go to the stories, newest first.", EVERYWHERE, "panel('wire')"),
    Command("panel.story", ("3",), "Story", "Go to the text of the story.", EVERYWHERE, "panel('story')"),
    Command("panel.evidence", ("4",), "Evidence panel", "Go to the evidence.", EVERYWHERE, "panel('evidence')"),
    Command("panel.map", ("5",), "Map", "Go to the map; a second time, over the whole screen.", EVERYWHERE, "panel('map')"),
    Command("panel.timeline", ("6",), "Timeline", "Go to the timeline; a second time, over the whole screen.", EVERYWHERE, "panel('timeline')"),
    Command("picture.closer", ("plus", "equals_sign"), "Closer", "Look closer: zoom in on the chosen city, a finer unit of time.", PICTURES, "closer(1)"),
    Command("picture.further", ("minus",), "From further off", "Zoom out, a coarser unit of time.", PICTURES, "closer(-1)"),
    Command("map.left", ("left", "H"), "Map to the left", "Move the map a quarter to the left.", MAP, "pan(-1, 0)", palette=False),
    Command("map.right", ("right", "L"), "Map to the right", "Move the map a quarter to the right.", MAP, "pan(1, 0)", palette=False),
    Command("map.up", ("shift+up", "K"), "Map up", "Move the map a quarter up.", MAP, "pan(0, 1)", palette=False),
    Command("map.down", ("shift+down", "J"), "Map down", "Move the map a quarter down.", MAP, "pan(0, -1)", palette=False),
    Command("map.mode", ("v",), "How the map is drawn", "Borders and tints, blocks, or letters.", MAP, "mode", palette=False),
    Command(
        "refresh",
        ("r",),
        "Show what is new",
        "Let in the rows that wait behind 'N new', and put the list in order again.",
        EVERYWHERE,
        "refresh_list",
        "new",
    ),
    Command("order", ("s",), "Order of the board", "Order the board by change, state, region or strength.", EVERYWHERE, "order"),
    Command("group", ("B",), "Groups of the board", "Put the rows of the board under headings: by state, by region, or none.", EVERYWHERE, "group"),
    Command("arrange", ("l",), "Panels side by side", "Put other panels beside board and wire: evidence, map, timeline; kept for this size.", EVERYWHERE, "arrange"),
    Command("places", ("P",), "Capitals or towns", "List capitals, towns or both, on the board and on the map.", EVERYWHERE, "places"),
    Command("search", ("slash",), "Search", "Find a word in this list; n and p go to the next and the previous.", EVERYWHERE, "search", "search"),
    Command("search.next", ("n",), "Next match", "Go to the next row that matches the search.", EVERYWHERE, "find(1)"),
    Command("search.previous", ("p",), "Previous match", "Go to the row before that matches.", EVERYWHERE, "find(-1)"),
    Command(
        "filter",
        ("backslash",),
        "Filter",
        'Only rows with: words "a phrase" /regex/ -without unread flagged place:herat state:captured outlet:reuters '
        "group:wires letter:ab since:6h before:18:00 term:airport view:west; ! in front inverts; Tab completes.",
        EVERYWHERE,
        "filter",
        "filter",
    ),
    Command("mark", ("space",), "Mark", "Mark the story and go to the next; what follows is done to all that are marked.", EVERYWHERE, "mark_one"),
    Command("mark.range", ("V",), "Mark a range", "Mark from the story marked last to this one.", EVERYWHERE, "mark_range"),
    Command("mark.all", ("asterisk",), "Mark all", "Mark every story listed, also by a filter; again: none.", EVERYWHERE, "mark_all"),
    Command("clear", ("escape",), "Clear", "Hide a message; else take all marks away; without any, go back.", EVERYWHERE, "clear"),
    Command("read", ("m",), "Read", "Mark as read, or as unread; on the board: what changed is seen.", EVERYWHERE, "triage('read')"),
    Command("flag", ("f",), "Flag", "Flag, to come back to it; again takes it off.", EVERYWHERE, "triage('flag')"),
    Command("dismiss", ("x",), "Dismiss", "Put aside: it goes when the list is refreshed; again brings it back.", EVERYWHERE, "triage('dismiss')", "dismiss"),
    Command("escalate", ("exclamation_mark",), "Escalate", "Mark for somebody else to decide; again takes it off.", EVERYWHERE, "triage('escalate')"),
    Command("note", ("N",), "Note", "Write a note on it; the story shows it.", EVERYWHERE, "note"),
    Command("assign", ("A",), "Give to somebody", "Say who has this story or this capital in hand.", EVERYWHERE, "assign"),
    Command("undo", ("u", "z"), "Undo", "Take back what you did last; tomorrow too.", EVERYWHERE, "undo", "undo"),
    Command("redo", ("U",), "Redo", "Do again what you undid last.", EVERYWHERE, "redo"),
    Command("unread.previous", ("left_square_bracket",), "Previous unread", "To the unread story above.", EVERYWHERE, "unread(-1)"),
    Command("unread.next", ("right_square_bracket",), "Next unread", "To the unread story below.", EVERYWHERE, "unread(1)"),
    Command("dismissed", ("D",), "Show dismissed", "Show dismissed stories too, or hide them again.", EVERYWHERE, "dismissed"),
    Command("override", ("o",), "Override", "Set the standing of this capital by hand, with a reason and an expiry.", EVERYWHERE, "override"),
    Command("lift", ("O",), "Lift the override", "Let the standing go by its evidence again.", EVERYWHERE, "lift"),
    Command("mute", ("X",), "Mute a sentence", "In the evidence: let this sentence count no longer; again, count.", EVERYWHERE, "mute"),
    Command("split", ("S",), "Split off", "This story tells of another event than its thread.", EVERYWHERE, "split"),
    Command("merge", ("M",), "Merge", "The marked stories tell of one event.", EVERYWHERE, "merge"),
    Command("changes", ("c",), "What changed", "What changed since the last shift, what is open, who has what; a second time: since another moment.", EVERYWHERE, "changes", "changed"),
    Command("shift.close", ("C",), "Close the shift", "Leave the next shift a note: what changed, what is open, who has what.", EVERYWHERE, "close_shift"),
    Command("alerts", ("a",), "Alerts", "What was alerted, with its proof; a again acknowledges it.", EVERYWHERE, "alerts"),
    Command("travel", ("t",), "Back in time", "Show everything as it was: 6h, 18:00, 12 Aug 18:00.", EVERYWHERE, "travel"),
    Command("now", ("T",), "Return to now", "Show everything as it is.", EVERYWHERE, "now"),
    Command("views", ("w",), "Saved views", "Open a filter that was saved under a name.", EVERYWHERE, "views"),
    Command("view.save", ("W",), "Save this filter", "Save the filter of this list as a view, under a name and a key.", EVERYWHERE, "save_view"),
    Command("reload", ("ctrl+r",), "Ask all feeds now", "Have the collector ask every feed now, save those whose server asked for patience.", EVERYWHERE, "reload_feeds"),
    Command("setup", ("comma",), "Set up", "Feeds, watch terms, views, alerts, theatre, theme and keys.", EVERYWHERE, "setup"),
    Command("browse", ("b",), "Open in browser", "Open the story's page in a browser on this machine.", EVERYWHERE, "browse"),
    Command("copy", ("y",), "Copy the link", "Put the story's address on the clipboard of your terminal.", EVERYWHERE, "copy_link"),
    Command("factbox", ("R",), "Factbox", "The board as a factbox with what changed during the shift: read it, copy it.", EVERYWHERE, "factbox"),
    Command("pipe", ("vertical_line",), "Pipe", "Give the story's text to a shell command, and see what it says.", EVERYWHERE, "pipe"),
    Command("palette", ("colon", "ctrl+p"), "Commands", "Find a command by its name.", EVERYWHERE, "app.command_palette", palette=False),
    Command("help", ("question_mark", "f1"), "Help", "The keys, and what the signs mean.", EVERYWHERE, "help", "help"),
    Command("back", ("q",), "Back", "Close what is open; leave the search or the filter.", EVERYWHERE, "back", "back"),
    Command("setup.add", ("a",), "Add", "Add a feed, a watch term, a view, an alert.", SETUP, "deed('add')", "add", palette=False),
    Command("setup.remove", ("d", "delete"), "Remove", "Remove it; on a key: give the command its usual keys again.", SETUP, "deed('remove')", "remove", palette=False),
    Command("setup.try", ("t",), "Try", "Try a watch term, or check a feed: nothing is kept.", SETUP, "deed('try')", "try", palette=False),
    Command("setup.reload", ("r",), "Ask this feed now", "Have the collector ask this feed now.", SETUP, "deed('reload')", "ask now", palette=False),
    Command("setup.reload-all", ("R",), "Ask all feeds now", "Have the collector ask every feed now.", SETUP, "deed('reload-all')", palette=False),
    Command("setup.import", ("i",), "Import", "Add the feeds of an OPML file.", SETUP, "deed('import')", "import", palette=False),
    Command("setup.export", ("x",), "Export", "Write the feeds to an OPML file.", SETUP, "deed('export')", "export", palette=False),
    Command("setup.private", ("p",), "Private addresses", "Allow or refuse feeds on a private network.", SETUP, "deed('private')", palette=False),
    Command("setup.turn", ("tab", "left", "right", "shift+tab"), "Sections or entries", "Go to the sections, or to the entries of one.", SETUP, "turn", "sections", palette=False),
    Command("setup.help", ("question_mark", "f1"), "Help", "The keys, and what the signs mean.", SETUP, "help", "help", palette=False),
    Command("setup.back", ("escape", "q"), "Back", "Back to the board.", SETUP, "back", "back", palette=False),
    Command("suspend", ("ctrl+z",), "Suspend", "Put warwatch aside; fg brings it back.", EVERYWHERE, "app.suspend_process"),
    Command("quit", ("Q",), "Quit", "Leave warwatch. Ctrl-Q always works too.", EVERYWHERE, "app.quit", "quit"),
)  # fmt: skip
"""In the order in which the help shows them."""
