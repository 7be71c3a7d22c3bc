/* The sleeping barber: semaphores for customers, the chair, and who is shorn.
   The barber may wait for ever. */
bool held = false;
byte waiting = 0, customers = 0, chair = 0, shorn = 0;

#define ACQUIRE d_step { !held -> held = true }

active [CUSTOMERS] proctype customer()
{
	byte todo = ROUNDS, seen;
	do
	:: todo > 0 ->
	   ACQUIRE;
	   d_step { seen = waiting; todo-- };
	   if
	   :: seen < CHAIRS ->
	      d_step { waiting = seen + 1; seen = 0; assert(waiting <= CHAIRS) };
	      held = false;
	      customers++;
	      d_step { chair > 0 -> chair-- };
	      d_step { shorn > 0 -> shorn-- }
	   :: d_step { seen >= CHAIRS -> held = false; seen = 0 }
	   fi
	:: todo == 0 -> break
	od
}

active proctype barber()
{
	byte seen;
end:	do
	:: d_step { customers > 0 -> customers-- };
	   ACQUIRE;
	   seen = waiting;
	   d_step { assert(seen > 0); waiting = seen - 1; seen = 0 };
	   held = false;
	   chair++;
	   shorn++
	od
}
