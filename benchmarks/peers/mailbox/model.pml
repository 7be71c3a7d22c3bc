/* Senders with numbers share one mailbox, receivers keep the largest they saw. */
#define SHARE ((SENDERS * ITEMS) / RECEIVERS)
chan box = [CAPACITY] of { byte };
byte total = 0;
byte running = RECEIVERS;

active [SENDERS] proctype sender()
{
	byte todo = ITEMS;
	do
	:: atomic { todo > 1 -> box!_pid + 1; todo-- }
	:: atomic { todo == 1 -> box!_pid + 1; todo = 0 }; break
	od
}

active [RECEIVERS] proctype receiver()
{
	byte todo = SHARE, most = 0, got;
	do
	:: todo > 0 ->
	   atomic { box?got; todo--; if :: got > most -> most = got :: else fi; got = 0 }
	:: d_step { todo == 0 -> total = total + most; most = 0; running--; assert(running > 0 || total <= SENDERS * RECEIVERS) }; break
	od
}
