export const contactModel: readonly number[] = []
export const pushModel: readonly number[] = []
