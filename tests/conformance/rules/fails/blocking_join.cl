fn f() { work 1 }
event go_on
thread a { let h = spawn g(); atomic { join h } } //! blocking inside atomic
fn g() { wait go_on; f() }
thread b { signal go_on }
