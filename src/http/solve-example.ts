/**
 * A first request for readers of the documentation: 100 hours of work, a vendor with room for 60 at 12.50 and an own
 * team at 30. The answer, by hand: 60 · 12.50 + 40 · 30 = 1,950, and one more vendor hour would save 17.50.
 */
export const solveExample = {
  scenario: {
    name: 'A first plan',
    currency: 'USD',
    periods: [{ id: '2027-01' }],
    sites: [
      { id: 'austin', name: 'Austin', operator: 'in-house', country: 'US', securityTier: 3 },
      { id: 'manila', name: 'Manila', operator: 'bpo', vendor: 'acme', country: 'PH', securityTier: 2 },
    ],
    teams: [
      {
        id: 'austin-en',
        site: 'austin',
        skills: ['en'],
        rate: { basis: 'productive-hour', amount: 30 },
        capacity: [{ period: '2027-01', hours: 200 }],
      },
      {
        id: 'manila-en',
        site: 'manila',
        skills: ['en'],
        rate: { basis: 'productive-hour', amount: 12.5 },
        capacity: [{ period: '2027-01', hours: 60 }],
      },
    ],
    workflows: [
      {
        id: 'appeals',
        name: 'Account appeals',
        skills: ['en'],
        securityTier: 2,
        demand: [{ period: '2027-01', hours: 100 }],
      },
    ],
  },
};
