# What stands around a chart.
chart-as-table = Rəqəmləri göstər
chart-empty = Bu dövrdə heç nə ölçülməyib.
chart-value = Dəyər
chart-count = Say
chart-of-before = Əvvəlki addımdan
