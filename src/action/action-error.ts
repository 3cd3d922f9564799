/** The action cannot do its work as it was set up: shown in one sentence with its advice. */
export class ActionError extends Error {
  override readonly name = 'ActionError';
  readonly advice: string;

  constructor(message: string, advice = '') {
    super(message);
    this.advice = advice;
  }
}
