/** Runs tasks a few at a time. The first that fails rejects, once those that run have ended. */
export async function inParallel(tasks: readonly (() => Promise<void>)[], atOnce: number): Promise<void> {
  const queue = [...tasks];
  const worker = async (): Promise<void> => {
    for (let task = queue.shift(); task; task = queue.shift()) await task();
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}
