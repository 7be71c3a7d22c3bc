/* Everybody in turn: one condition, and all are woken. */
bool held = false;
bool asleep[8];
byte turn = 0;
byte running = THREADS;

active [THREADS] proctype worker()
{
	byte todo = ROUNDS, seen;
	do
	:: d_step { !held -> held = true };
	   do
	   :: turn % THREADS != _pid ->
	      d_step { held = false; asleep[_pid] = true };
	      d_step { !asleep[_pid] && !held -> held = true }
	   :: turn % THREADS == _pid -> break
	   od;
	   atomic { seen = turn; todo-- };
	   d_step { turn = seen + 1; seen = 0 };
	   d_step {
		asleep[0] = false; asleep[1] = false; asleep[2] = false; asleep[3] = false;
		asleep[4] = false; asleep[5] = false; asleep[6] = false; asleep[7] = false
	   };
	   if
	   :: d_step { todo > 0 -> held = false }
	   :: d_step { todo == 0 -> held = false; running--; assert(running > 0 || turn == THREADS * ROUNDS) }; break
	   fi
	od
}
