/* The bakery: numbers are drawn by looking at everybody else's.  Entering the
   critical section rides with the last look, leaving it is a step. */
bool entering[THREADS];
byte number[THREADS];
byte in_cs = 0;

#define MORE(a, b) (a > b -> a : b)
#define FIRST (_pid == 0 -> 1 : 0)
#define NEXT \
	k++; \
	if :: k == _pid -> k++ :: else fi; \
	if \
	:: k >= THREADS -> k = 0; mine = 0; inside = true; in_cs++; assert(in_cs == 1) \
	:: else \
	fi
#define BEFORE (number[k] != 0 && (number[k] < mine || (number[k] == mine && k < _pid)))

active [THREADS] proctype worker()
{
	byte todo = ROUNDS, mine, k;
	bool inside;
	do
	:: d_step { entering[_pid] = true; mine = 0; k = 0; todo-- };
	   do
	   :: d_step { k < THREADS -> mine = MORE(number[k], mine); k++ }
	   :: d_step { k == THREADS -> mine++; number[_pid] = mine; k = FIRST }; break
	   od;
	   entering[_pid] = false;
	   do
	   :: !inside -> !entering[k];
	      d_step { !BEFORE -> NEXT }
	   :: d_step { inside -> inside = false; in_cs-- }; break
	   od;
	   if
	   :: d_step { todo > 0 -> number[_pid] = 0 }
	   :: d_step { todo == 0 -> number[_pid] = 0 }; break
	   fi
	od
}
