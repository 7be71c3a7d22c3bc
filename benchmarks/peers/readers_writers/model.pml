/* Readers and writers on one readers-writer lock with native (one-step) entry
   and exit; writers increment, readers look twice and must see the same. */
byte value = 0;
byte readers = 0;
bool writing = false;
byte running = READERS + WRITERS;

#define LAST assert(running > 0 || value == WRITERS * ROUNDS)

active [READERS] proctype reader()
{
	byte todo = ROUNDS, seen;
	do
	:: d_step { !writing -> readers++ };
	   d_step { seen = value };
	   d_step { assert(value == seen); seen = 0; todo-- };
	   if
	   :: d_step { todo > 0 -> readers-- }
	   :: d_step { todo == 0 -> readers--; running--; LAST }; break
	   fi
	od
}

active [WRITERS] proctype writer()
{
	byte todo = ROUNDS, seen;
	do
	:: d_step { !writing && readers == 0 -> writing = true };
	   d_step { seen = value };
	   d_step { value = seen + 1; seen = 0; todo-- };
	   if
	   :: d_step { todo > 0 -> writing = false }
	   :: d_step { todo == 0 -> writing = false; running--; LAST }; break
	   fi
	od
}
