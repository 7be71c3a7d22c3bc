"""What the verifier lets through is safe to run; what it finds is named."""

from __future__ import annotations

import pytest
from assemble import INT, Assembler
from corpus import make

from conclang.ir.program import Arm, Part, Program, Select, Shape, Template
from conclang.ir.verify import verify
from conclang.record import replace


def program(body: str, frame: int = 4, **parts: int) -> Program:
    a = Assembler()
    a.cell("x", 0)
    a.thing("lock", "m")
    a.thing("channel", "c")
    a.thing("condition", "k")
    a.code("f", "RETURN 0 1", parameters=1, result=INT)
    a.code("main", body, frame=frame)
    a.thread("main", "main")
    return a.program()


@pytest.mark.parametrize("seed", range(40))
def test_sound_programs_pass(seed: int) -> None:
    assert verify(make(seed)) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("READ 9 x; END", "READ: slot 9 is outside of the frame of 4"),
        ("MOVE -1 #1; END", "MOVE: slot -1 is outside"),
        ("WRITE x 77; END", "WRITE: value 77 is neither slot nor constant"),
        ("READ 0 #5; END", "there is no cell 5"),
        ("ACQUIRE #1; END", "there is no lock 1"),
        ("READ 0 x", "runs over its end"),
        ("JUMP 0; END", "target 0 is outside of the code"),
        ("COPY 2 0 3; END", "COPY: target: 3 words at 2"),
        ("GET 0 1 #0 2 2; END", "array: 4 words at 1"),
        ("CALL =f 0 2 1 1; END", "f takes 1 words, not 2"),
        ("CALL =f 0 1 1 2; END", "f gives 1 words, not 2"),
        ("CALL 9 0 1 1 1; END", "there is no code 9"),
        ("SPAWN 0 =f 3 2; END", "f takes 1 words, not 2"),
        ("GO 0 =f 3 1 #0; END", "there is no runtime 0"),
        ("WAIT k; END", "no RETAKE follows"),
        ("SELECT 0; END", "there is no select 0"),
        ("PRINT 0; END", "there is no template 0"),
        ("LEAVE 0; END", "there is no section 0"),
        ("CHOOSE 0 1 0; END", "no options"),
        ("RETURN 0 1", "it returns 1 words instead of 0"),
        ("SEND c 3 2; END", "words: 2 words at 3"),
    ],
)
def test_unsound_programs_are_found(body: str, words: str) -> None:
    found = verify(program(body))
    assert any(words in text for text in found), found


def test_arms_and_templates_are_looked_into() -> None:
    sound = program("SELECT 0; END")
    target = sound.codes[1].entry
    arms = (Arm("receive", 99, 0, -1, 1, target, 0), Arm("send", 0, 3, -1, 2, 0, 0))
    found = verify(replace(sound, selects=(Select(arms),)))
    assert any("arm 0: value 99" in text for text in found)
    assert any("arm 1: target 0" in text for text in found)
    assert any("arm 1: message: 2 words at 3" in text for text in found)
    shown = Template((Part("", 3, Shape("tuple", (INT, INT))),))
    found = verify(replace(program("PRINT 0; END"), templates=(shown,)))
    assert any("shown value: 2 words at 3" in text for text in found)


def test_threads_bring_their_arguments() -> None:
    sound = program("END")
    (thread,) = sound.threads
    assert "argument words" in verify(replace(sound, threads=(replace(thread, arguments=(1,)),)))[0]
    assert "no code 7" in verify(replace(sound, threads=(replace(thread, code=7),)))[0]
