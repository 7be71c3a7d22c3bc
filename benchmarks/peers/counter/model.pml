/* Racy counter: every increment is a load step and a store step; the loop
   counter is local and rides along with them. */
byte count = 0;
byte running = THREADS;

active [THREADS] proctype worker()
{
	byte todo = ROUNDS, seen;
	do
	:: d_step { seen = count; todo-- };
	   if
	   :: d_step { todo > 0 -> count = seen + 1; seen = 0 }
	   :: d_step {
		todo == 0 ->
		count = seen + 1;
		seen = 0;
		running--;
		assert(running > 0 || (count >= 2 && count <= THREADS * ROUNDS))
	      };
	      break
	   fi
	od
}
