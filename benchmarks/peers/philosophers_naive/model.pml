/* Philosophers who all take the left fork first, for ever: deadlock. */
bool fork_taken[SEATS];

#define RIGHT ((_pid + 1) % SEATS)

active [SEATS] proctype philosopher()
{
	do
	:: d_step { !fork_taken[_pid] -> fork_taken[_pid] = true };
	   d_step { !fork_taken[RIGHT] -> fork_taken[RIGHT] = true };
	   fork_taken[RIGHT] = false;
	   fork_taken[_pid] = false
	od
}
