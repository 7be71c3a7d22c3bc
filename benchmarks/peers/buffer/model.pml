/* Bounded buffer: one lock, two conditions, while loops.  A wait gives up the
   lock and enlists the process in one step; retaking the lock is another.
   A signal wakes any one waiter. */
#define THREADS (PRODUCERS + CONSUMERS)
#define SHARE   ((PRODUCERS * ITEMS) / CONSUMERS)

byte used = 0;
byte running = THREADS;
bool held = false;
bool on_full[6];
bool on_empty[6];

#define WAKE(queue, i) queue[i] -> queue[i] = false
#define SIGNAL(queue) \
	atomic { \
		if \
		:: WAKE(queue, 0) :: WAKE(queue, 1) :: WAKE(queue, 2) \
		:: WAKE(queue, 3) :: WAKE(queue, 4) :: WAKE(queue, 5) \
		:: else \
		fi \
	}

#define LEAVE \
	if \
	:: d_step { todo > 0 -> held = false } \
	:: d_step { \
		todo == 0 -> \
		held = false; \
		running--; \
		assert(running > 0 || used == 0) \
	   }; \
	   break \
	fi

active [PRODUCERS] proctype producer()
{
	byte todo = ITEMS, seen;
	do
	:: d_step { !held -> held = true };
	   do
	   :: used == CAPACITY ->
	      d_step { held = false; on_full[_pid] = true };
	      d_step { !on_full[_pid] && !held -> held = true }
	   :: used != CAPACITY -> break
	   od;
	   seen = used;
	   d_step { used = seen + 1; seen = 0; todo--; assert(used <= CAPACITY) };
	   SIGNAL(on_empty);
	   LEAVE
	od
}

active [CONSUMERS] proctype consumer()
{
	byte todo = SHARE, seen;
	do
	:: d_step { !held -> held = true };
	   do
	   :: used == 0 ->
	      d_step { held = false; on_empty[_pid] = true };
	      d_step { !on_empty[_pid] && !held -> held = true }
	   :: used != 0 -> break
	   od;
	   seen = used;
	   d_step { assert(seen > 0); used = seen - 1; seen = 0; todo-- };
	   SIGNAL(on_full);
	   LEAVE
	od
}
