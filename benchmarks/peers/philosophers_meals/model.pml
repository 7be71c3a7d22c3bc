/* Philosophers who take the lower fork first and count their meals without a
   lock of its own: neighbours exclude each other, the others do not. */
bool fork_taken[SEATS];
byte meals = 0;
byte seated = SEATS;

#define NEXT   ((_pid + 1) % SEATS)
#define FIRST  (NEXT == 0 -> 0 : _pid)
#define SECOND (NEXT == 0 -> _pid : NEXT)

active [SEATS] proctype philosopher()
{
	byte todo = ROUNDS, seen;
	do
	:: d_step { !fork_taken[FIRST] -> fork_taken[FIRST] = true };
	   d_step { !fork_taken[SECOND] -> fork_taken[SECOND] = true };
	   d_step { seen = meals; todo-- };
	   d_step { meals = seen + 1; seen = 0 };
	   d_step { fork_taken[SECOND] = false };
	   if
	   :: d_step { todo > 0 -> fork_taken[FIRST] = false }
	   :: d_step {
		todo == 0 ->
		fork_taken[FIRST] = false;
		seated--;
		assert(seated > 0 || (meals >= 1 && meals <= SEATS * ROUNDS))
	      };
	      break
	   fi
	od
}
