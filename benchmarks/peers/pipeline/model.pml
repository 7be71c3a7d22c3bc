/* Pipeline of buffered channels. */
chan link[STAGES + 1] = [CAPACITY] of { byte };
byte sum = 0;

active proctype source()
{
	byte i;
	do
	:: atomic { i < ITEMS - 1 -> link[0]!i; i++ }
	:: atomic { i == ITEMS - 1 -> link[0]!i }; break
	od
}

active [STAGES] proctype stage()
{
	byte todo = ITEMS, v;
	do
	:: link[_pid - 1]?v;
	   if
	   :: atomic { todo > 1 -> link[_pid]!v; v = 0; todo-- }
	   :: atomic { todo == 1 -> link[_pid]!v; v = 0; todo-- }; break
	   fi
	od
}

active proctype sink()
{
	byte todo = ITEMS, v, seen;
	do
	:: link[STAGES]?v;
	   d_step { seen = sum; todo-- };
	   if
	   :: d_step { todo > 0 -> sum = seen + v; seen = 0; v = 0 }
	   :: d_step { todo == 0 -> sum = seen + v; assert(sum == (ITEMS * (ITEMS - 1)) / 2) }; break
	   fi
	od
}
