/* Peterson's algorithm for two threads, a fixed number of rounds.  Leaving the
   critical section is a step; entering it rides with the last read. */
bool flag[2];
byte turn = 0;
byte in_cs = 0;

#define OTHER (1 - _pid)
#define ENTER in_cs++; assert(in_cs == 1)

active [2] proctype worker()
{
	byte todo = ROUNDS;
	do
	:: flag[_pid] = true;
	   turn = OTHER;
	   do
	   :: d_step { !flag[OTHER] -> ENTER }; break
	   :: flag[OTHER] ->
	      if
	      :: d_step { turn != OTHER -> ENTER }; break
	      :: turn == OTHER
	      fi
	   od;
	   atomic { in_cs--; todo-- };
	   if
	   :: atomic { todo > 0 -> flag[_pid] = false }
	   :: atomic { todo == 0 -> flag[_pid] = false }; break
	   fi
	od
}
