silence-laws = leggi
silence-from = a partire da: { $moment }
silence-until = fino a: { $moment }
silence-while = finché { $condition }
silence-beats = prevale su { $clause } dove opera la propria norma
silence-beats-where = prevale su { $clause } dove opera la propria norma e dove { $condition }
silence-says-nothing = non dice nulla su ciò che chiunque può fare

silent-for = tace per: { $acts }
permitted-for = permesso per: { $acts }
forbidden-for = vietato per: { $acts }
left-free-for = lasciato libero per: { $acts }
steps-back-for = si ritrae per: { $acts }

acts-none = nulla
acts-others = altri
acts-others-and = altri, e dove { $condition }
acts-everybody-but = tutti tranne { $parties }
acts-always = { $parties }, sempre
acts-unless-freed = { $condition }, salvo che un'altra clausola lo renda libero
