/* Two locks taken in opposite orders. */
bool taken[2];

active [2] proctype worker()
{
	d_step { !taken[_pid] -> taken[_pid] = true };
	d_step { !taken[1 - _pid] -> taken[1 - _pid] = true };
	taken[1 - _pid] = false;
	taken[_pid] = false
}
