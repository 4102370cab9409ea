"""Codes that are declared in code, one by one, by whoever needs one more (roles, stages).

Forms, the log, messages and rules ask at each use what codes there are, so that another one is no
migration (``code_field``). A set of codes is a subclass of ``Code`` with its ``declare``; it
answers what an enumeration of Django's answers.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Any, ClassVar, Generic, Self, TypeVar


class Codes(type):
    """What one asks of an enumeration, asked of the codes declared so far, in their order."""

    _declared: dict[str, Any]
    # Templates read the class; they must not call it.
    do_not_call_in_templates = True

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> None:
        super().__init__(name, bases, namespace)
        cls._declared = {}

    def __call__(cls, value: Any) -> Any:
        """The code with this value. Raises ValueError for one that is not declared."""
        try:
            return cls._declared[value]
        except (KeyError, TypeError):
            raise ValueError(f"{value!r} is no {cls.__name__.lower()}") from None

    def __iter__(cls) -> Iterator[Any]:
        return iter(tuple(cls._declared.values()))

    def __len__(cls) -> int:
        return len(cls._declared)

    def __contains__(cls, value: object) -> bool:
        return value in cls._declared

    @property
    def values(cls) -> list[str]:
        return list(cls._declared)

    @property
    def choices(cls) -> list[tuple[str, Any]]:
        """Pairs of code and name, for the ``choices`` of fields."""
        return [(code.value, code.label) for code in cls]


class Code(str, metaclass=Codes):
    """One of them. It is its value: a text of at most ``LONGEST`` lower-case letters and _.

    ``label`` is its name, in the language active when it is read.
    """

    __slots__ = ("label", "value")

    LONGEST: ClassVar[int] = 24
    value: str
    label: Any

    @classmethod
    def enter(cls, value: str, label: Any) -> Self:
        """Add a code to those there are. Raises ValueError for a value that cannot be one."""
        if value in cls:
            raise ValueError(f"{value} is declared already")
        if not value.replace("_", "").isalpha() or not value.islower() or len(value) > cls.LONGEST:
            raise ValueError(
                f"{value!r} is no code: lower-case letters and _, {cls.LONGEST} at most"
            )
        code = str.__new__(cls, value)
        code.value, code.label = value, label
        cls._declared[value] = code
        return code

    @classmethod
    def withdraw(cls, code: Self) -> None:
        """Take a code away again; what is on record with it stays."""
        del cls._declared[code]

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy of a code is the code."""
        return type(self), (self.value,)


C = TypeVar("C", bound=Code)


class CodesThat(Collection[C], Generic[C]):
    """The codes of which something holds, asked at each use: those declared later count."""

    def __init__(self, codes: type[C], holds: Callable[[C], bool]) -> None:
        self._codes, self._holds = codes, holds

    def __iter__(self) -> Iterator[C]:
        return (code for code in self._codes if self._holds(code))

    def __len__(self) -> int:
        return sum(1 for _code in self)

    def __contains__(self, code: object) -> bool:
        return code in self._codes and self._holds(self._codes(code))
