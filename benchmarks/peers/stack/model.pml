/* Treiber's stack: nodes are pushed and popped by compare-and-swap, the head has a version. */
#define NODE(h) ((h) % 8)
#define NEXT(h) (((h) / 8 + 1) * 8)

short head = 0;
byte after[THREADS + 1];
byte running = THREADS;

active [THREADS] proctype worker()
{
	byte todo = ROUNDS, mine = _pid + 1, below;
	short top;
	do
	:: top = head;
	   after[mine] = NODE(top);
	   if
	   :: d_step { head == top -> head = NEXT(top) + mine; mine = 0; top = 0 }
	   :: d_step { head != top -> top = 0 }
	   fi;
	   do
	   :: mine != 0 -> break
	   :: mine == 0 ->
	      d_step { top = head; assert(NODE(top) != 0) };
	      below = after[NODE(top)];
	      if
	      :: d_step { head == top -> head = NEXT(top) + below; mine = NODE(top); top = 0; below = 0; todo-- }
	      :: d_step { head != top -> top = 0; below = 0 }
	      fi
	   od;
	   if
	   :: todo > 0
	   :: todo == 0 -> break
	   fi
	od;
	atomic { running--; assert(running > 0 || NODE(head) == 0) }
}
