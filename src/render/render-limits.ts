/** What one run of a tool may cost. Whatever exceeds it is killed; the review goes on without its output. */
export interface ToolLimits {
  /** Wall-clock time, in milliseconds. */
  readonly milliseconds: number;
  /** Processor time over all threads, in seconds. */
  readonly cpuSeconds: number;
  /** Address space, in bytes. Go reserves more than it uses: below 2 GB healthy charts begin to fail. */
  readonly memoryBytes: number;
  /** Standard output, in bytes. */
  readonly outputBytes: number;
  /** The largest file the tool may write, in bytes. */
  readonly fileBytes: number;
}

/** What one rendering may cost, and all of a review together. */
export interface RenderLimits {
  readonly tool: ToolLimits;
  /** Files given to the tool: the largest public umbrella charts have about 2,000. */
  readonly treeFiles: number;
  readonly treeBytes: number;
  /** Tools at work at the same time. */
  readonly parallel: number;
  /** Time all tools of one review may take together, in milliseconds. What is left then is not rendered. */
  readonly totalMilliseconds: number;
}

const MB = 1024 * 1024;

export const RENDER_LIMITS: RenderLimits = {
  tool: {
    milliseconds: 20_000,
    cpuSeconds: 20,
    memoryBytes: 3000 * MB,
    outputBytes: 32 * MB,
    fileBytes: 64 * MB,
  },
  treeFiles: 5_000,
  treeBytes: 64 * MB,
  parallel: 2,
  totalMilliseconds: 300_000,
};
