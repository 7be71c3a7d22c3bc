/* Philosophers and a waiter who lets all but one of them sit down. */
bool fork_taken[SEATS];
byte places = SEATS - 1;

#define RIGHT ((_pid + 1) % SEATS)

active [SEATS] proctype philosopher()
{
	byte todo = ROUNDS;
	do
	:: d_step { places > 0 -> places-- };
	   d_step { !fork_taken[_pid] -> fork_taken[_pid] = true };
	   d_step { !fork_taken[RIGHT] -> fork_taken[RIGHT] = true };
	   fork_taken[RIGHT] = false;
	   d_step { fork_taken[_pid] = false; todo-- };
	   if
	   :: d_step { todo > 0 -> places++ }
	   :: d_step { todo == 0 -> places++ }; break
	   fi
	od
}
