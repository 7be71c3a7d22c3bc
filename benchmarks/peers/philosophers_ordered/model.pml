/* Philosophers who take the lower fork first: no deadlock. */
bool fork_taken[SEATS];

#define NEXT   ((_pid + 1) % SEATS)
#define FIRST  (NEXT == 0 -> 0 : _pid)
#define SECOND (NEXT == 0 -> _pid : NEXT)

active [SEATS] proctype philosopher()
{
	byte todo = ROUNDS;
	do
	:: d_step { !fork_taken[FIRST] -> fork_taken[FIRST] = true };
	   d_step { !fork_taken[SECOND] -> fork_taken[SECOND] = true };
	   d_step { fork_taken[SECOND] = false; todo-- };
	   if
	   :: d_step { todo > 0 -> fork_taken[FIRST] = false }
	   :: d_step { todo == 0 -> fork_taken[FIRST] = false }; break
	   fi
	od
}
