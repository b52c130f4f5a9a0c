/** When those who are asked are reminded, when the step is overdue, and when that is escalated. */
export interface StepTimes {
  readonly soonAt: Date;
  readonly dueAt: Date;
  readonly escalateAt: Date;
}
