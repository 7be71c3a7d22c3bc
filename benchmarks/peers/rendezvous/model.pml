/* Rendezvous with two semaphores, a fixed number of rounds. */
byte here[2];
byte place[2];

active [2] proctype worker()
{
	byte round = 1;
	do
	:: place[_pid] = round;
	   here[_pid]++;
	   d_step { here[1 - _pid] > 0 -> here[1 - _pid]-- };
	   if
	   :: atomic { round < ROUNDS -> assert(place[1 - _pid] >= round); round++ }
	   :: atomic { round == ROUNDS -> assert(place[1 - _pid] >= round) }; break
	   fi
	od
}
