/* Two-phase commit over channels. */
chan vote = [PARTS] of { bit };
chan decision[PARTS] = [1] of { bit };
chan done = [PARTS] of { bit };
byte result = 0;

active proctype coordinator()
{
	byte yes, i;
	bit v, verdict;
	do
	:: atomic { i < PARTS -> vote?v; yes = yes + v; v = 0; i++ }
	:: d_step { i == PARTS -> verdict = (yes == PARTS); yes = 0; i = 0 }; break
	od;
	do
	:: atomic { i < PARTS -> decision[i]!verdict; i++ }
	:: d_step { i == PARTS -> i = 0 }; break
	od;
	do
	:: atomic { i < PARTS -> done?_; i++ }
	:: d_step { i == PARTS -> result = 1 + verdict; assert(result == 1 || result == 2) }; break
	od
}

active [PARTS] proctype part()
{
	bit mine, verdict;
	if
	:: atomic { vote!0; mine = 0 }
	:: atomic { vote!1; mine = 1 }
	fi;
	atomic { decision[_pid - 1]?verdict; assert(mine == 1 || verdict == 0) };
	done!1
}
