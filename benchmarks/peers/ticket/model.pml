/* Ticket lock: draw a number, wait until it is called. */
byte next = 0;
byte serving = 0;
byte count = 0;
byte running = THREADS;

active [THREADS] proctype worker()
{
	byte todo = ROUNDS, mine, seen;
	do
	:: d_step { mine = next; next++ };
	   d_step { serving == mine -> mine = 0 };
	   d_step { seen = count; todo-- };
	   d_step { count = seen + 1; seen = 0 };
	   if
	   :: d_step { todo > 0 -> serving++ }
	   :: d_step {
		todo == 0 ->
		serving++;
		running--;
		assert(running > 0 || count == THREADS * ROUNDS)
	      };
	      break
	   fi
	od
}
