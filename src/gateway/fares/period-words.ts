/** Periods of quotas and caps, as Chinese says them behind 每. */
export const periodsZh = { day: '日', week: '周', month: '月', campaign: '次活动' } as const;
