/* Filter lock: thread numbers are stored as data, waiting is a loop of reads.
   Leaving the critical section is a step; entering it rides with the last
   read of the scan. */
byte level[THREADS];
byte last[THREADS];
byte in_cs = 0;

#define NEXT \
	k++; \
	if :: k == _pid -> k++ :: else fi; \
	if \
	:: k >= THREADS -> \
		k = THREADS; \
		l++; \
		if :: l == THREADS -> in_cs++; assert(in_cs == 1) :: else fi \
	:: else \
	fi

active [THREADS] proctype worker()
{
	byte todo = ROUNDS, l = 1, k = THREADS;
	do
	:: d_step { k == THREADS && l < THREADS -> level[_pid] = l };
	   d_step { last[l] = _pid; k = (_pid == 0 -> 1 : 0) }
	:: d_step { k < THREADS && level[k] < l -> NEXT }
	:: k < THREADS && level[k] >= l ->
	   if
	   :: d_step { last[l] != _pid -> NEXT }
	   :: last[l] == _pid
	   fi
	:: d_step { l == THREADS -> in_cs--; l = 1 };
	   if
	   :: d_step { todo > 1 -> level[_pid] = 0; todo-- }
	   :: d_step { todo <= 1 -> level[_pid] = 0 }; break
	   fi
	od
}
