"""`expect error "text"`: can any message contain the text?"""

from __future__ import annotations

import re

from conclang.diagnostics.diagnostic import Fix
from conclang.ir.errors import FAULTS
from conclang.semantics.world import World
from conclang.syntax import nodes as n

_NUMBER = re.compile(r"-?\d+")
_MESSAGES = tuple(fault.message for fault in FAULTS if fault.message and not fault.limit)


def check_error_text(world: World, node: n.ExpectError) -> None:
    """Warn about a text that is part of no message."""
    text = "".join([part for part in node.text.parts if isinstance(part, str)])
    if not text.strip():
        message = "every message contains this text"
        help = 'write a part of the message, such as "division by zero"'
        world.reporter.report("CW0804", node.text.span, message, help=help)
    elif not _is_possible(text) and not has_assertions(world):
        from conclang.diagnostics.spelling import suggestion

        names = [message.split(":")[0] for message in _MESSAGES]
        meant = suggestion(text, names)
        help = f'did you mean "{meant}"?'
        if meant is None:
            help = "the messages start with " + ", ".join(f'"{name}"' for name in names)
        fix = Fix(node.text.span, f'"{meant}"') if meant else None
        message = "no run-time error has this text in its message"
        world.reporter.report("CW0803", node.text.span, message, help=help, fix=fix)


def _is_possible(text: str) -> bool:
    plain = _NUMBER.sub("{}", text)
    return any(text in message or plain in message for message in _MESSAGES)


def has_assertions(world: World) -> bool:
    """Is there an `assert` anywhere? Its message may be anything."""
    stack: list[object] = list(world.scenario.declarations)
    while stack:
        node = stack.pop()
        if isinstance(node, n.AssertStatement):
            return True
        if isinstance(node, n.ProcessDeclaration):
            stack.extend(node.declarations)
        elif isinstance(node, n.ThreadDeclaration | n.FunctionDeclaration):
            stack.append(node.body)
        elif isinstance(node, n.Block | n.Statement | n.SelectArm):
            for name in node.__match_args__:
                part = getattr(node, name, None)
                stack.extend(part if isinstance(part, tuple) else (part,))
    return False
