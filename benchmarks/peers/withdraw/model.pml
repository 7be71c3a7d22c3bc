/* Check, then act: every access is under the lock, but not both together. */
short balance = 100;
bool held = false;
byte running = 2;

#define LAST running--; assert(running > 0 || balance >= 0)

active [2] proctype customer()
{
	short seen;
	d_step { !held -> held = true };
	seen = balance;
	if
	:: d_step { seen >= 100 -> held = false };
	   d_step { !held -> held = true };
	   seen = balance;
	   balance = seen - 100;
	   d_step { held = false; seen = 0; LAST }
	:: d_step { seen < 100 -> held = false; seen = 0; LAST }
	fi
}
