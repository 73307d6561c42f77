import type { Scope } from '../http/scopes.js';
import life from './card-life.json';

export type OrderState = keyof typeof life.orders.states;
export type OrderStep = keyof typeof life.orders.steps;
export type CardLifeState = keyof typeof life.cards.states;
export type CardStep = keyof typeof life.cards.steps;
export type FeeState = keyof typeof life.fees.states;
export type FeeStep = keyof typeof life.fees.steps;

interface Step<State extends string> {
  readonly from: readonly State[];
  readonly to: State;
  /** What who takes it must be allowed; which roles have it: people/roles.json. */
  readonly scope: Scope;
}

/** States, and the steps between them, of an order or of a card. */
export interface Life<State extends string, StepName extends string> {
  readonly first: State;
  readonly states: Readonly<Record<State, { readonly text: string; readonly textZh: string }>>;
  readonly steps: Readonly<Record<StepName, Step<State>>>;
}

export const orderLife = life.orders as Life<OrderState, OrderStep>;
export const cardLife = life.cards as Life<CardLifeState, CardStep>;

export const feeLife = life.fees as Life<FeeState, FeeStep>;

export const orderStates = Object.keys(orderLife.states) as [OrderState, ...OrderState[]];

/** The state after a step, or `undefined` where the step is not allowed from here. */
export function stateAfter<State extends string, StepName extends string>(
  { steps }: Life<State, StepName>,
  state: State,
  step: StepName,
): State | undefined {
  const { from, to } = steps[step];
  return from.includes(state) ? to : undefined;
}

/** The steps that are allowed from a state, in the order of the table. */
export function allowedSteps<State extends string, StepName extends string>(
  { steps }: Life<State, StepName>,
  state: State,
): StepName[] {
  return (Object.keys(steps) as StepName[]).filter((step) => steps[step].from.includes(state));
}

/** Whether nothing leads out of a state. */
export const isEnd = <State extends string, StepName extends string>(
  life: Life<State, StepName>,
  state: State,
): boolean => allowedSteps(life, state).length === 0;
