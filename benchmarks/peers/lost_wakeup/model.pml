/* A signal that nobody remembers: deadlock when it comes before the wait. */
bool held = false;
bool asleep = false;

active proctype waiter()
{
	d_step { !held -> held = true };
	d_step { held = false; asleep = true };
	d_step { !asleep && !held -> held = true };
	held = false
}

active proctype signaller()
{
	d_step { !held -> held = true };
	asleep = false;
	held = false
}
