# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, annotation_typing=False
"""Loops over the state graph, on flat arrays of numbers.

A program may have millions of states, so what is asked of its graph goes through arrays: the
edges of state `s` are `first[s]` to `first[s + 1]`; masks have a bit per entity. Each function
is one pass (or close to it), knows nothing of scenarios, and gets all arrays from its caller. The
essays on what the answers mean stand where they are asked for (`graph`, `liveness_net`, `count`).

Components are Tarjan's (SIAM J. Comput. 1, 1972), without recursion. Preemptions are shortest paths
with costs 0 and 1 over pairs of a state and who moved last.
"""

from __future__ import annotations

from array import array

from conclang.explore.patience import listen

TYPE_CHECKING = False
if TYPE_CHECKING:
    Numbers = array[int]

NO_STATE = 0xFFFFFFFF
UNSEEN = 0xFFFFFFFF
LAST_BIT = 63
AT, ASLEEP, AT_BARRIER, SPINNING, FINISHED = 1, 2, 3, 5, 6
OFTEN = 0xFFFFF
"""So many rounds of a long loop come before somebody may ask for its end again."""

# -- shape ---------------------------------------------------------------------------------------


def split(both: Numbers, source: Numbers, target: Numbers) -> None:
    """Edges packed into one word each, taken apart."""
    for edge in range(len(both)):
        source[edge] = both[edge] >> 32
        target[edge] = both[edge] & NO_STATE


def starts(source: Numbers, first: Numbers) -> None:
    """Where the edges of each state begin; edges are sorted by their source."""
    total = 0
    for edge in range(len(source)):
        first[source[edge] + 1] += 1
    for state in range(len(first)):
        total += first[state]
        first[state] = total


def by_source(source: Numbers, target: Numbers, first: Numbers, ahead: Numbers) -> None:
    """The targets of edges in any order, those of each state side by side; where they begin."""
    for edge in range(len(source)):
        first[source[edge]] += 1
    total = 0
    for state in range(len(first)):
        total += first[state]
        first[state] = total
    # filling from behind moves each beginning to its place
    for back in range(len(source)):
        edge = len(source) - 1 - back
        first[source[edge]] -= 1
        ahead[first[source[edge]]] = target[edge]


def entering(source: Numbers, target: Numbers, first: Numbers, edges: Numbers) -> None:
    """The same for edges sorted by their target: where they begin, and which they are."""
    count = len(first) - 1
    for edge in range(len(target)):
        if not edge & OFTEN:
            listen()
        if target[edge] != NO_STATE:
            first[target[edge]] += 1
    total = 0
    for state in range(count + 1):
        total += first[state]
        first[state] = total
    # filling from behind moves each beginning to its place
    for back in range(len(target)):
        if not back & OFTEN:
            listen()
        edge = len(target) - 1 - back
        if target[edge] != NO_STATE:
            first[target[edge]] -= 1
            edges[first[target[edge]]] = edge


def order(first: Numbers, target: Numbers, coming: Numbers, ready: Numbers) -> int:
    """States so that edges lead to later ones; how many there are before a circle."""
    count = len(first) - 1
    found = 0
    for edge in range(len(target)):
        if not edge & OFTEN:
            listen()
        if target[edge] != NO_STATE:
            coming[target[edge]] += 1
    for state in range(count):
        if coming[state] == 0:
            ready[found] = state
            found += 1
    done = 0
    while done < found:
        state = ready[done]
        done += 1
        if not done & OFTEN:
            listen()
        for edge in range(first[state], first[state + 1]):
            there = target[edge]
            if there != NO_STATE:
                coming[there] -= 1
                if coming[there] == 0:
                    ready[found] = there
                    found += 1
    return found


def longest(first: Numbers, target: Numbers, ready: Numbers, steps: Numbers) -> int:
    """The greatest number of steps to each state, in an order; the greatest of all."""
    most = 0
    for index in range(len(ready)):
        if not index & OFTEN:
            listen()
        state = ready[index]
        after = steps[state] + 1
        for edge in range(first[state], first[state + 1]):
            if after > most:
                most = after
            there = target[edge]
            if there != NO_STATE and steps[there] < after:
                steps[there] = after
    return most


def tarjan(
    first: Numbers,
    target: Numbers,
    allowed: bytearray,
    wanted: bytearray,
    component: Numbers,
    found: int,
) -> int:
    """Number the components that have an edge inside, from `found` + 1 on; the last number.

    Only wanted nodes and allowed edges count; nodes outside keep what they have.
    """
    count = len(first) - 1
    index = array("I", bytes(4 * count))
    low = array("I", bytes(4 * count))
    cursor = array("I", bytes(4 * count))
    stack = array("I", bytes(4 * count))
    path = array("I", bytes(4 * count))
    closed = bytearray(count)
    looped = bytearray(count)
    clock = waiting = deep = 0
    for root in range(count):
        if not wanted[root] or index[root]:
            continue
        clock += 1
        index[root] = low[root] = clock
        cursor[root] = first[root]
        stack[waiting] = path[0] = root
        waiting += 1
        deep = 1
        while deep:
            node = path[deep - 1]
            edge = cursor[node]
            if not edge & OFTEN:
                listen()
            if edge < first[node + 1]:
                cursor[node] = edge + 1
                there = target[edge]
                if not allowed[edge] or there == NO_STATE or not wanted[there]:
                    continue
                if there == node:
                    looped[node] = 1
                elif not index[there]:
                    clock += 1
                    index[there] = low[there] = clock
                    cursor[there] = first[there]
                    stack[waiting] = path[deep] = there
                    waiting += 1
                    deep += 1
                elif not closed[there] and index[there] < low[node]:
                    low[node] = index[there]
                continue
            deep -= 1
            if deep and low[node] < low[path[deep - 1]]:
                low[path[deep - 1]] = low[node]
            if low[node] != index[node]:
                continue
            if stack[waiting - 1] == node and not looped[node]:
                waiting -= 1
                closed[node] = 1
                continue
            found += 1
            there = NO_STATE
            while there != node:
                waiting -= 1
                there = stack[waiting]
                closed[there] = 1
                component[there] = found
    return found


def measure(
    first: Numbers,
    target: Numbers,
    allowed: bytearray,
    component: Numbers,
    able: Numbers,
    took: Numbers,
    taken: Numbers,
    always: Numbers,
    sometimes: Numbers,
) -> None:
    """Per component who is taken inside, who is always and who is sometimes able."""
    for node in range(len(first) - 1):
        number = component[node]
        if not number:
            continue
        always[number] &= able[node]
        sometimes[number] |= able[node]
        for arc in range(first[node], first[node + 1]):
            if allowed[arc] and component[target[arc]] == number:
                taken[number] |= took[arc]


def drop(component: Numbers, able: Numbers, passed: Numbers, wanted: bytearray) -> int:
    """Nodes of components where somebody is passed over: want those where nobody of them is able.

    Their components are given up; how many nodes are wanted.
    """
    found = 0
    for node in range(len(component)):
        wanted[node] = 0
        number = component[node]
        if number and passed[number]:
            component[node] = 0
            if not able[node] & passed[number]:
                wanted[node] = 1
                found += 1
    return found


def sorted_by(component: Numbers, begin: Numbers, nodes: Numbers) -> None:
    """Nodes by component; where each component begins."""
    for node in range(len(component)):
        if component[node]:
            begin[component[node]] += 1
    total = 0
    for number in range(len(begin)):
        total += begin[number]
        begin[number] = total
    for back in range(len(component)):
        node = len(component) - 1 - back
        if component[node]:
            begin[component[node]] -= 1
            nodes[begin[component[node]]] = node


def depths(levels: Numbers, depth: Numbers) -> None:
    """How many steps away each state is; `levels` says where each depth begins."""
    level = 0
    for state in range(len(depth)):
        while level + 1 < len(levels) and levels[level + 1] <= state:
            level += 1
        depth[state] = level


# -- who stands where ----------------------------------------------------------------------------


def fill_took(
    first: Numbers,
    target: Numbers,
    mask: Numbers,
    actor: Numbers,
    row: Numbers,
    code: Numbers,
    meeting: bytearray,
    took: Numbers,
) -> None:
    """Whose step each edge is: the actor's, and the partner's where two meet."""
    for state in range(len(first) - 1):
        for edge in range(first[state], first[state + 1]):
            t = actor[edge]
            if target[edge] != NO_STATE and meeting[code[row[state] + t] >> 3]:
                took[edge] = mask[edge]
            else:
                took[edge] = BIT[t if t < LAST_BIT else LAST_BIT]


def fill_able(
    first: Numbers,
    actor: Numbers,
    row: Numbers,
    code: Numbers,
    took: Numbers,
    able: Numbers,
    spins: Numbers,
) -> None:
    """Who can count on a step: who spins, and whose steps are no wake-up without a signal."""
    for state in range(len(first) - 1):
        if not state & OFTEN:
            listen()
        bits = 0
        for t in range(row[state + 1] - row[state]):
            if code[row[state] + t] & 7 == SPINNING:
                bits |= BIT[t if t < LAST_BIT else LAST_BIT]
        spins[state] = bits
        for edge in range(first[state], first[state + 1]):
            if code[row[state] + actor[edge]] & 7 != ASLEEP:
                bits |= took[edge]
        able[state] = bits


def pick_states(component: Numbers, spins: Numbers, number: Numbers, states: Numbers) -> int:
    """Number the states that lie on some circle or in which somebody spins; how many they are."""
    found = 0
    for state in range(len(component)):
        if component[state] or spins[state]:
            number[state] = found
            states[found] = state
            found += 1
    return found


def pick(states: Numbers, given: Numbers, picked: Numbers) -> None:
    """What is given per state, for some of them."""
    for node in range(len(states)):
        picked[node] = given[states[node]]


def count_arcs(first: Numbers, target: Numbers, number: Numbers, spins: Numbers) -> int:
    """How many arcs a net of the numbered states has."""
    found = 0
    for state in range(len(first) - 1):
        if number[state] == NO_STATE:
            continue
        for edge in range(first[state], first[state + 1]):
            there = target[edge]
            if there != NO_STATE and number[there] != NO_STATE:
                found += 1
        if spins[state]:
            found += 1
    return found


def fill_arcs(
    first: Numbers,
    target: Numbers,
    number: Numbers,
    spins: Numbers,
    begin: Numbers,
    source: Numbers,
    arrival: Numbers,
    edges: Numbers,
) -> None:
    """The arcs of that net; edge NO_STATE is a spin."""
    found = 0
    for state in range(len(first) - 1):
        if number[state] == NO_STATE:
            continue
        begin[number[state]] = found
        for edge in range(first[state], first[state + 1]):
            there = target[edge]
            if there != NO_STATE and number[there] != NO_STATE:
                source[found] = number[state]
                arrival[found] = number[there]
                edges[found] = edge
                found += 1
        if spins[state]:
            source[found] = arrival[found] = number[state]
            edges[found] = NO_STATE
            found += 1
    begin[len(begin) - 1] = found


def pick_masks(
    edges: Numbers, given: Numbers, spin: Numbers, source: Numbers, picked: Numbers
) -> None:
    """Masks of arcs: those of their edges; for spins those of their nodes."""
    for arc in range(len(edges)):
        picked[arc] = spin[source[arc]] if edges[arc] == NO_STATE else given[edges[arc]]


def mark_shown(
    states: Numbers,
    source: Numbers,
    edges: Numbers,
    actor: Numbers,
    row: Numbers,
    code: Numbers,
    shown: bytearray,
    allowed: bytearray,
) -> None:
    """Arcs on which nobody prints or leaves a section are allowed."""
    for arc in range(len(edges)):
        allowed[arc] = 1
        if edges[arc] != NO_STATE:
            t = actor[edges[arc]]
            here = code[row[states[source[arc]]] + t]
            if here & 7 == AT and shown[here >> 3]:
                allowed[arc] = 0


def mark_still(moved: Numbers, bit: int, allowed: bytearray) -> None:
    """Arcs that do not move somebody are allowed."""
    for arc in range(len(moved)):
        allowed[arc] = 0 if moved[arc] & bit else 1


def mark_waiting(
    states: Numbers,
    able: Numbers,
    row: Numbers,
    code: Numbers,
    t: int,
    standing: bytearray,
    wanted: bytearray,
) -> int:
    """Nodes at which t stands at something that can block: by micro-op 1 yes, 2 no, 0 if unable."""
    found = 0
    bit = BIT[t if t < LAST_BIT else LAST_BIT]
    for node in range(len(states)):
        wanted[node] = 0
        at = row[states[node]] + t
        if at >= row[states[node] + 1]:
            continue
        here = code[at]
        status = here & 7
        if status != AT:
            wanted[node] = 0 if status == FINISHED or status == SPINNING else 1
        elif standing[here >> 3] == 1 or (standing[here >> 3] == 0 and not able[node] & bit):
            wanted[node] = 1
        found += wanted[node]
    return found


def mark_inside(
    states: Numbers,
    row: Numbers,
    code: Numbers,
    frames: Numbers,
    t: int,
    body: bytearray,
    called: bytearray,
    wanted: bytearray,
) -> int:
    """Nodes at which t is in a loop, itself or in a function called from there."""
    found = 0
    for node in range(len(states)):
        wanted[node] = 0
        at = row[states[node]] + t
        if at >= row[states[node] + 1]:
            continue
        here = code[at]
        status = here & 7
        if status == FINISHED or status == SPINNING:
            continue
        pc = (here >> 3) - (1 if status == AT_BARRIER else 0)
        if body[pc] or (len(frames) > 0 and called[frames[at]]):
            wanted[node] = 1
            found += 1
    return found


def mark_trying(
    states: Numbers,
    source: Numbers,
    target: Numbers,
    edges: Numbers,
    took: Numbers,
    actor: Numbers,
    row: Numbers,
    code: Numbers,
    t: int,
    wanted: bytearray,
    done: bytearray,
    allowed: bytearray,
    open_: Numbers,
) -> int:
    """Arcs within a loop on which t gets nothing done; those to be looked at are listed.

    By micro-op of the actor: 1 done, 2 to be looked at, 4 done for a partner.
    """
    found = 0
    bit = BIT[t if t < LAST_BIT else LAST_BIT]
    for arc in range(len(edges)):
        if not arc & OFTEN:
            listen()
        allowed[arc] = 0
        if not wanted[source[arc]] or not wanted[target[arc]]:
            continue
        allowed[arc] = 1
        if not took[arc] & bit or edges[arc] == NO_STATE:
            continue
        who = actor[edges[arc]]
        here = code[row[states[source[arc]]] + who]
        if who != t:
            if done[here >> 3] & 4:
                allowed[arc] = 0
        elif here & 7 == AT:
            if done[here >> 3] & 1:
                allowed[arc] = 0
            elif done[here >> 3] & 2:
                open_[found] = arc
                found += 1
    return found


# -- ways ----------------------------------------------------------------------------------------


def spread(
    first: Numbers,
    target: Numbers,
    within: bytearray,
    depth: Numbers,
    begin: Numbers,
    distance: Numbers,
    came: Numbers,
    queue: Numbers,
) -> int:
    """Steps from the nearest of some states, which have their depth, through a set of states.

    `begin` lists them by depth; how many states are reached, and by which edge each was.
    """
    reached = head = at = far = 0
    while head < reached or at < len(begin):
        if head == reached:
            far = depth[begin[at]]
        while at < len(begin) and depth[begin[at]] <= far:
            state = begin[at]
            at += 1
            if distance[state] == UNSEEN:
                distance[state] = far
                queue[reached] = state
                reached += 1
        last = reached
        far += 1
        while head < last:
            state = queue[head]
            head += 1
            if not head & OFTEN:
                listen()
            for edge in range(first[state], first[state + 1]):
                there = target[edge]
                if there != NO_STATE and distance[there] == UNSEEN and within[there]:
                    distance[there] = far
                    came[there] = edge
                    queue[reached] = there
                    reached += 1
    return reached


def dead_end(
    first: Numbers,
    target: Numbers,
    able: Numbers,
    distance: Numbers,
    queue: Numbers,
    count: int,
    best: Numbers,
) -> bool:
    """The nearest state where a schedule may end: steps, state, and the edge that fails, if any."""
    least = UNSEEN
    for index in range(count):
        state = queue[index]
        far = distance[state]
        if not able[state] and (far < least or (far == least and state < best[1])):
            least = best[0] = far
            best[1] = state
            best[2] = NO_STATE
        for edge in range(first[state], first[state + 1]):
            if target[edge] == NO_STATE and far + 1 < least:
                least = best[0] = far + 1
                best[1] = state
                best[2] = edge
    return least != UNSEEN


def pick_bit(truth: Numbers, index: int, found: bytearray) -> None:
    """One bit of each word."""
    for at in range(len(truth)):
        found[at] = (truth[at] >> index) & 1


def preempted(
    first: Numbers,
    target: Numbers,
    actor: Numbers,
    width: int,
    cost: Numbers,
    price: int,
    here: Numbers,
) -> Numbers:
    """From the pairs that cost `price` preemptions (a state and who moved last; `width` - 1:
    nobody) to all that cost no more, and the pairs that cost one more.
    """
    after = array("Q")
    at = 0
    while at < len(here):
        pair = here[at]
        at += 1
        if not at & OFTEN:
            listen()
        if cost[pair] != price:
            continue
        state = pair // width
        last = pair % width
        going_on = 0
        if last != width - 1:
            for edge in range(first[state], first[state + 1]):
                if actor[edge] == last:
                    going_on = 1
                    break
        for edge in range(first[state], first[state + 1]):
            mine = actor[edge]
            there = target[edge]
            extra = 1 if going_on and mine != last else 0
            if there == NO_STATE:
                continue
            other = there * width + mine
            if price + extra < cost[other]:
                cost[other] = price + extra
                if extra:
                    after.append(other)
                else:
                    here.append(other)
    return after


BIT = array("Q", [1 << t for t in range(64)])
