"""What can go wrong, as a tree.

    ProvenanceError            something the user can mend; the message holds the cure, shown as one line
    ├── InputError             an input cannot be read
    │   └── UnreadableFile     one file of many; the rest goes on
    │       └── OwnPage        a report or lesson that this program made
    ├── SettingError           a setting or a facts file says something impossible
    ├── IndexFault             an index cannot be used
    │   ├── NoIndex            there is none, or the file is something else
    │   ├── DamagedIndex       the file was cut or changed by something else
    │   ├── OtherScheme        another version made it, or with other word weights
    │   ├── BusyIndex          somebody else is writing to it
    │   └── NoRoom             the disk is full, or the place cannot be written to
    └── TraceFormatError       a JSON document that is no trace of ours

Anything else that escapes is a fault of ours and keeps its traceback.
"""


class ProvenanceError(Exception):
    """Base of all errors that a user can mend."""


class InputError(ProvenanceError):
    """An input cannot be read."""


class UnreadableFile(InputError):
    """One file cannot be read; it is skipped with this reason and the rest goes on."""


class OwnPage(UnreadableFile):
    """A report or lesson of this program; beside the articles of a folder it is passed over like a README."""


class SettingError(ProvenanceError):
    """A setting, a word-weight table or a facts file says something impossible."""


class IndexFault(ProvenanceError):
    """An index of articles cannot be used."""


class NoIndex(IndexFault):
    """There is no index, or the file is something else."""


class DamagedIndex(IndexFault):
    """The file of an index was cut or changed by something else than this program."""


class OtherScheme(IndexFault):
    """An index was made by another version, or with other word weights."""


class BusyIndex(IndexFault):
    """Somebody else is writing to an index."""


class NoRoom(IndexFault):
    """The disk is full, or the place cannot be written to."""


class TraceFormatError(ProvenanceError):
    """A document is no trace, or a trace of another schema version."""
