import type { RandomSelection } from './contact-terminal.js';

/**
 * Whether the random number picks this amount for online processing: below the threshold with the target percentage,
 * from there to the floor limit with one that grows to the maximum (JR/T 0025.6-2013 7.8.7).
 */
export function isSelectedRandomly(amount: number, floorLimit: number, selection: RandomSelection): boolean {
  const { threshold, targetPercentage, maximumTargetPercentage, randomNumber } = selection;
  if (amount >= floorLimit) return false;
  if (amount < threshold) return randomNumber <= targetPercentage;
  const factor = (amount - threshold) / (floorLimit - threshold);
  return randomNumber <= (maximumTargetPercentage - targetPercentage) * factor + targetPercentage;
}
