/* Reusable barrier made of a lock and two turnstiles. */
bool held = false;
byte count = 0, first = 0, second = 0;
byte running = THREADS;

#define ACQUIRE d_step { !held -> held = true }
#define OPEN(turnstile) \
	do \
	:: d_step { k > 1 -> turnstile++; k-- } \
	:: d_step { k == 1 -> turnstile++; k = 0 }; break \
	od

active [THREADS] proctype worker()
{
	byte todo = ROUNDS, seen, k;
	do
	:: ACQUIRE;
	   d_step { seen = count; todo-- };
	   d_step { count = seen + 1; seen = 0 };
	   if
	   :: d_step { count == THREADS -> k = THREADS }; OPEN(first)
	   :: count != THREADS
	   fi;
	   held = false;
	   d_step { first > 0 -> first-- };
	   ACQUIRE;
	   d_step { seen = count };
	   d_step { count = seen - 1; seen = 0 };
	   if
	   :: d_step { count == 0 -> k = THREADS }; OPEN(second)
	   :: count != 0
	   fi;
	   held = false;
	   if
	   :: d_step { todo > 0 && second > 0 -> second-- }
	   :: d_step { todo == 0 && second > 0 -> second--; running--; assert(running > 0 || count == 0) }; break
	   fi
	od
}
