/* Readers and writers with a hand-made monitor: one lock, two conditions. */
byte value = 0;
byte readers = 0, writers = 0;
bool held = false;
bool on_read[6];
bool on_write[6];
byte running = READERS + WRITERS;

#define LAST assert(running > 0 || value == WRITERS * ROUNDS)
#define WAKE(queue, i) queue[i] -> queue[i] = false
#define SIGNAL(queue) \
	atomic { \
		if \
		:: WAKE(queue, 0) :: WAKE(queue, 1) :: WAKE(queue, 2) \
		:: WAKE(queue, 3) :: WAKE(queue, 4) :: WAKE(queue, 5) \
		:: else \
		fi \
	}
#define BROADCAST(queue) \
	d_step { \
		queue[0] = false; queue[1] = false; queue[2] = false; \
		queue[3] = false; queue[4] = false; queue[5] = false \
	}
#define ACQUIRE d_step { !held -> held = true }
#define LEAVE \
	if \
	:: atomic { todo > 0 -> held = false } \
	:: atomic { todo == 0 -> held = false; running--; LAST }; break \
	fi

active [READERS] proctype reader()
{
	byte todo = ROUNDS, seen;
	do
	:: ACQUIRE;
	   do
	   :: writers > 0 ->
	      d_step { held = false; on_read[_pid] = true };
	      d_step { !on_read[_pid] && !held -> held = true }
	   :: writers == 0 -> break
	   od;
	   seen = readers;
	   d_step { readers = seen + 1; seen = 0 };
	   d_step { held = false };
	   d_step { seen = value };
	   d_step { assert(value == seen); seen = 0 };
	   ACQUIRE;
	   d_step { seen = readers; todo-- };
	   d_step { readers = seen - 1; seen = 0 };
	   if
	   :: readers == 0 -> SIGNAL(on_write)
	   :: readers != 0
	   fi;
	   LEAVE
	od
}

active [WRITERS] proctype writer()
{
	byte todo = ROUNDS, seen;
	do
	:: ACQUIRE;
	   do
	   :: readers > 0 ->
again:	      atomic { held = false; on_write[_pid] = true };
	      d_step { !on_write[_pid] && !held -> held = true }
	   :: readers == 0 ->
	      if
	      :: writers > 0 -> goto again
	      :: writers == 0 -> break
	      fi
	   od;
	   writers = 1;
	   d_step { held = false };
	   d_step { seen = value };
	   d_step { value = seen + 1; seen = 0; todo-- };
	   ACQUIRE;
	   writers = 0;
	   SIGNAL(on_write);
	   BROADCAST(on_read);
	   LEAVE
	od
}
