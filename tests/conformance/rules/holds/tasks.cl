// Tasks of one event loop never race and switch at `await` only; tasks of a runtime do both.
scenario "tasks"

shared on_loop = 0
shared on_pool = 0
runtime pool { workers 2 }

fn step() { on_loop += 1 }
fn stride() { on_pool += 1 }

thread loop_owner {
  let a = async step()
  let b = async step()
  await a
  await b
}
thread pool_owner {
  let a = go stride() on pool
  let b = go stride() on pool
  await a
  await b
}

expect finally on_loop == 2
expect outcomes on_pool == {1, 2}
expect no race on on_loop
expect race on on_pool
